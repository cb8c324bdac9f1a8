// ServiceUnderTest
