extension HCLFunction {
    static let collections: [String: Body] = [
        "length": one { value in
            switch value.kind {
            case .list(let elements): .number(Double(elements.count))
            case .object(let members): .number(Double(members.count))
            case .string(let text): .number(Double(text.count))
            case .null, .bool, .number, .unknown: .unknown
            }
        },
        "merge": { arguments in
            var members: [HCLValue.Member] = []
            for argument in arguments where argument.kind != .null {
                guard let more = argument.members else { return .unknown }
                members += more
            }
            return .object(members)
        },
        "lookup": { arguments in
            guard arguments.count >= 2, let name = arguments[1].text, let members = arguments[0].members else {
                return .unknown
            }
            return members.first { $0.key == name }?.value ?? (arguments.count == 3 ? arguments[2] : .unknown)
        },
        "element": { arguments in
            guard arguments.count == 2, let elements = arguments[0].elements, !elements.isEmpty,
                let number = arguments[1].number, number >= 0, number < 1e9
            else { return .unknown }
            return elements[Int(number) % elements.count]
        },
        "concat": { arguments in
            var all: [HCLValue] = []
            for argument in arguments {
                guard let elements = argument.elements else { return .unknown }
                all += elements
            }
            return .list(all)
        },
        "flatten": one { value in
            var flat: [HCLValue] = []
            return flatten(value, into: &flat) ? .list(flat) : .unknown
        },
        "distinct": one { value in
            HCLFunction.named("toset")?([value]) ?? .unknown
        },
        "compact": one { value in
            guard let elements = value.elements, value.isWhollyKnown else { return .unknown }
            return .list(elements.filter { $0.kind != .null && $0.kind != .string("") })
        },
        "keys": one { value in
            value.members.map { members in .list(members.map(\.key).sorted().map { .string($0) }) } ?? .unknown
        },
        "values": one { value in
            value.members.map { members in .list(members.sorted { $0.key < $1.key }.map(\.value)) } ?? .unknown
        },
        "contains": { arguments in
            guard arguments.count == 2, let elements = arguments[0].elements, arguments[1].isWhollyKnown else {
                return .unknown
            }
            if elements.contains(arguments[1]) { return .bool(true) }
            return arguments[0].isWhollyKnown ? .bool(false) : .unknown
        },
        "one": one { value in
            guard let elements = value.elements, elements.count <= 1 else { return .unknown }
            return elements.first ?? .null
        },
        "range": { arguments in
            let numbers = arguments.compactMap(\.number)
            guard numbers.count == arguments.count, (1...2).contains(numbers.count) else { return .unknown }
            let start = numbers.count == 2 ? numbers[0] : 0
            let limit = numbers[numbers.count - 1]
            guard limit - start <= 1024 else { return .unknown }
            return .list(stride(from: start, to: limit, by: 1).map { .number($0) })
        },
        "zipmap": { arguments in
            guard arguments.count == 2, let keys = arguments[0].elements?.map(\.text), !keys.contains(nil),
                let values = arguments[1].elements, keys.count == values.count
            else { return .unknown }
            return .object(zip(keys, values).map { HCLValue.Member($0 ?? "", $1) })
        },
    ]

    private static func flatten(_ value: HCLValue, into flat: inout [HCLValue]) -> Bool {
        guard let elements = value.elements else {
            flat.append(value)
            return !value.isUnknown
        }
        return elements.allSatisfy { flatten($0, into: &flat) }
    }
}
