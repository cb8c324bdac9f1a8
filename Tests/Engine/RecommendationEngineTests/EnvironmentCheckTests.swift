import RecommendationEngine
import Testing

struct EnvironmentCheckTests {
    private let check = EnvironmentCheck(required: ["SUPABASE_URL", "SUPABASE_SERVICE_KEY"])

    @Test func `an environment with all variables passes`() throws {
        try check.run(in: ["SUPABASE_URL": "a", "SUPABASE_SERVICE_KEY": "b", "OTHER": ""])
    }

    @Test func `missing and empty variables are named, values never`() {
        let error = #expect(throws: EnvironmentCheck.Failure.self) {
            try check.run(in: ["SUPABASE_URL": "", "SECRET": "hush"])
        }
        #expect(
            error?.description
                == "required environment variables are missing: SUPABASE_URL, SUPABASE_SERVICE_KEY"
        )
    }
}
