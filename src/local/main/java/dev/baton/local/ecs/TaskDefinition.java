package dev.baton.local.ecs;

import dev.baton.local.service.ApiInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A revision of a task definition with its one container.
///
/// @param arn with the revision
/// @param status [#ACTIVE] or `INACTIVE`
/// @param given what it was registered with
record TaskDefinition(String arn, String family, int revision, String status, ApiInput given) {
    static final String ACTIVE = "ACTIVE";

    TaskDefinition deregistered() {
        return new TaskDefinition(arn, family, revision, "INACTIVE", given);
    }

    @Nullable
    String taskRole() {
        return given.text("taskRoleArn");
    }

    @Nullable
    String executionRole() {
        return given.text("executionRoleArn");
    }

    ApiInput container() {
        return given.objects("containerDefinitions").getFirst();
    }

    String containerName() {
        return container().text("name", "");
    }

    String image() {
        return container().text("image", "");
    }

    /// Entry point and command.
    List<String> command() {
        var command = new ArrayList<>(container().texts("entryPoint"));
        command.addAll(container().texts("command"));
        return command;
    }

    int memoryMegabytes() {
        return Integer.parseInt(given.text("memory", "0"));
    }

    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        given.members().forEach((name, value) -> {
            if (!name.equals("tags")) {
                json.put((String) name, value);
            }
        });
        json.put("taskDefinitionArn", arn);
        json.put("revision", (long) revision);
        json.put("status", status);
        json.put("compatibilities", List.of("EC2", "FARGATE"));
        return json;
    }
}
