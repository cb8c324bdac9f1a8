package import Reports

/// The pages of rules for people.
package enum RuleText {
    /// Returns the page of a rule: what it is about, and why.
    package static func page(_ rule: LintRule, width: Int) -> [StyledLine] {
        var heading = StyledLine(rule.id, .strong)
        heading.append("  \(rule.severity.rawValue)  ", LintText.role(rule.severity))
        heading.append(rule.title)
        return [heading] + StyledLine("  " + rule.explanation).broken(toColumns: max(40, width))
    }

    /// Returns a line for each rule.
    package static var list: [StyledLine] {
        LintRule.all.map { rule in
            var line = StyledLine(rule.id, .strong)
            line.pad(to: 9)
            line.append(rule.severity.rawValue, LintText.role(rule.severity))
            line.pad(to: 16)
            line.append(rule.title)
            return line
        }
    }
}
