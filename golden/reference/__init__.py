"""The independent reference: trains the demo bundle and writes the golden rankings."""
