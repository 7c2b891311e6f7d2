package dev.baton.task.service;

import java.util.List;

/// The common part of calls of Parameter Store.
final class SsmParameter {
    private SsmParameter() {}

    /// Names as Parameter Store takes them: `port` or `/rides/prod/port`, the path at most fifteen deep.
    static String require(String name) {
        if (!name.matches("[A-Za-z0-9_.-]+|(/[A-Za-z0-9_.-]+){1,15}") || name.length() > 1_011) {
            throw new IllegalArgumentException(
                    "a parameter has letters, digits and _.- , or begins with / and has parts of these, but was "
                            + name);
        }
        return name;
    }

    /// A leading slash does not stand twice in the ARN.
    static ServiceRight right(String action, String name) {
        return ServiceRight.to(
                List.of("ssm:" + action),
                ServiceRight.arn("ssm", "parameter/" + (name.startsWith("/") ? name.substring(1) : name)));
    }
}
