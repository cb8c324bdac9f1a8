print("coldstart")
