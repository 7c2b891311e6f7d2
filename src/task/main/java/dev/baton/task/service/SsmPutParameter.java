package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A text put into Systems Manager's Parameter Store, as a new version of what is there. Put twice, there is one
/// version more of the same value. It is not a secret: it stands in the execution's history.
///
/// @param name such as `/rides/prod/last-month`
/// @param value 1 to 4,096 characters
public record SsmPutParameter(String name, String value) implements ServiceCall {
    private static final int LONGEST = 4_096;

    public SsmPutParameter {
        SsmParameter.require(name);
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the value of a parameter has 1 to 4096 characters, but had " + value.length());
        }
    }

    @Override
    public String integration() {
        return "aws-sdk:ssm:putParameter";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("Name", name);
        arguments.put("Overwrite", true);
        arguments.put("Type", "String");
        arguments.put("Value", value);
        return arguments;
    }

    @Override
    public List<ServiceRight> rights() {
        return List.of(SsmParameter.right("PutParameter", name));
    }
}
