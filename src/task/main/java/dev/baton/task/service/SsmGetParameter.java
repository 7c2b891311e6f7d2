package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parameter of Systems Manager's Parameter Store, read: the answer has it as `Parameter`, with its `Value` and
/// `Version`. It is never decrypted, for an execution's history is no place for a secret: a `SecureString` comes as its
/// ciphertext. A task that needs a secret says `Access.secret` in `uses()`.
///
/// @param name such as `/rides/prod/port`
public record SsmGetParameter(String name) implements ServiceCall {
    public SsmGetParameter {
        SsmParameter.require(name);
    }

    @Override
    public String integration() {
        return "aws-sdk:ssm:getParameter";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("Name", name);
        arguments.put("WithDecryption", false);
        return arguments;
    }

    @Override
    public List<ServiceRight> rights() {
        return List.of(SsmParameter.right("GetParameter", name));
    }
}
