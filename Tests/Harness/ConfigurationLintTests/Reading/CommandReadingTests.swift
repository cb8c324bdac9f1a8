import ConfigurationLint
import Testing

struct CommandReadingTests {
    static let scriptSamples = [
        Marked(.script, "gcloud run deploy a --startup-probe=tcpSocket.port=8080,¦E1¦timeoutSeconds=20\n"),
        Marked(
            .script,
            "if true; then\n  gcloud beta run services update a --region x \\\n"
                + "    --startup-probe \"httpGet.path=/a,¦W2¦failureThreshold=1\" && echo done\nfi\n"
        ),
        Marked(.script, "gcloud run deploy a ¦P6¦--startup-probe=\"$PROBE\" --port 80\n"),
        Marked(.script, "gcloud run deploy a --startup-probe=tcpSocket.port=8080,¦P6¦periodSeconds=$PERIOD\n"),
        Marked(.script, "gcloud run deploy a --startup-probe=¦P5¦path=/a,periodSeconds=5\n"),
        Marked(.script, "gcloud run deploy a ¦P5¦--startup-probe-path=/a\n"),
        Marked(.script, "gcloud run deploy a --startup-probe tcpSocket.port=8080, ¦P5¦periodSeconds=5 --image a\n"),
        Marked(.script, "gcloud run deploy a --readiness-probe=httpGet.path=/a,successThreshold=2\n"),
        Marked(.script, "gcloud run deploy a --startup-probe=tcpSocket.port=80,¦P5¦successThreshold=1 --port=80\n"),
        Marked(.script, "gcloud run deploy a --startup-probe=tcpSocket.port=8080,¦E3¦failureThreshold=61\n"),
        Marked(.script, "gcloud run deploy a --port=80 --startup-probe=¦W10¦tcpSocket.port=8080\n"),
        Marked(.script, "gcloud run deploy a --startup-probe=''\n"),
        Marked(.script, "gcloud run deploy a ^\n  --liveness-probe=httpGet.path=/a,¦E1¦timeoutSeconds=20\n"),
        Marked(
            .script,
            "# gcloud run deploy a --health-check-path=/a\necho gcloud run; gcloud compute x --health-check=a\n"
        ),
        Marked(
            .script,
            "gcloud run deploy a \\\n  --container app --image a --port=8080 --depends-on=¦E5¦side \\\n"
                + "  --container side --image b\n"
        ),
        Marked(
            .script,
            "deploy:\n\t@gcloud run deploy $(NAME) --startup-probe=tcpSocket.port=1,¦E1¦timeoutSeconds=60\n"
        ),
    ]

    static let workflowSamples = [
        Marked(
            .yaml,
            """
            jobs:
              deploy:
                steps:
                  - run: >
                      gcloud run deploy a
                      --startup-probe=tcpSocket.port=8080,¦E1¦timeoutSeconds=60
                  - uses: google-github-actions/deploy-cloudrun@v2
                    with:
                      service: a
                      flags: |
                        --port=8080
                        --liveness-probe=httpGet.path=/a,¦E1¦timeoutSeconds=60
            """
        ),
        Marked(
            .yaml,
            """
            steps:
              - name: gcr.io/google.com/cloudsdktool/cloud-sdk
                entrypoint: gcloud
                args: ['run', 'deploy', 'a', '--image=$_IMAGE', '--startup-probe=tcpSocket.port=1,¦E1¦timeoutSeconds=60']
              - name: gcr.io/cloud-builders/gcloud
                args:
                  - run
                  - deploy
                  - a
                  - ¦P5¦--health-check-path=/a
            """
        ),
    ]

    @Test("Scripts and Makefiles", arguments: scriptSamples)
    func scripts(sample: Marked) {
        #expect(sample.found() == sample.expected)
    }

    @Test("Workflows and Cloud Build", arguments: workflowSamples)
    func workflows(sample: Marked) {
        #expect(sample.found() == sample.expected)
    }
}
