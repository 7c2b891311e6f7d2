package dev.baton.cdk;

import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// A template as CDK's command sends it in a request: in YAML, which is longer than the file.
final class InRequest {
    /// How long it may be: CloudFormation's `TemplateBody`.
    static final int MOST = 51_200;

    private InRequest() {}

    static int length(Path template) throws IOException {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(2);
        options.setIndentWithIndicator(true);
        options.setIndicatorIndent(2);
        options.setWidth(80);
        return new Yaml(options).dump(Json.parse(Files.readString(template))).length();
    }
}
