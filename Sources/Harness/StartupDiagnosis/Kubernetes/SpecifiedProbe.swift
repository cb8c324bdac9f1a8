/// A probe of a pod's specification.
struct SpecifiedProbe {
    private let node: TreeNode
    private let ports: [TreeNode]

    /// Looks at a probe's mapping.
    ///
    /// - Parameters:
    ///   - node: The mapping.
    ///   - container: The container that has it, whose ports it may ask for by their names.
    init(_ node: TreeNode, of container: TreeNode) {
        self.node = node
        ports = container["ports"]?.elements ?? []
    }

    /// The probe as `kubectl describe` prints it, such as `http-get http://:8080/health delay=0s timeout=1s period=10s
    /// #success=1 #failure=3`; `nil` for a command and for what is no probe.
    ///
    /// A field that is absent or 0 has its default (`SetDefaults_Probe` of Kubernetes).
    var described: String? {
        question.map { question in
            "\(question) delay=\(number("initialDelaySeconds", 0))s timeout=\(number("timeoutSeconds", 1))s "
                + "period=\(number("periodSeconds", 10))s #success=\(number("successThreshold", 1)) "
                + "#failure=\(number("failureThreshold", 3))"
        }
    }

    private var question: String? {
        if let http = node["httpGet"] {
            let path = http["path"]?.string ?? "/"
            return "http-get http://:\(port(of: http))\(path.hasPrefix("/") ? "" : "/")\(path)"
        }
        if let tcp = node["tcpSocket"] { return "tcp-socket :\(port(of: tcp))" }
        if let grpc = node["grpc"] { return "grpc <pod>:\(port(of: grpc)) \(grpc["service"]?.string ?? "")" }
        return nil
    }

    private func port(of handler: TreeNode) -> String {
        let stated = handler["port"]?.string ?? ""
        return ports.first { $0["name"]?.string == stated }?["containerPort"]?.string ?? stated
    }

    private func number(_ field: String, _ absent: Int) -> Int {
        node[field]?.number.flatMap { $0 > 0 ? $0 : nil } ?? absent
    }
}
