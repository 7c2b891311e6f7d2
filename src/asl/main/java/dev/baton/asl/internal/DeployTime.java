package dev.baton.asl.internal;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A placeholder of a deployment tool, what stands for a string until a definition is deployed: `${Name}` in the text,
/// or, in a definition that is part of a CloudFormation template, one of its functions.
final class DeployTime {
    private DeployTime() {}

    /// The text; of `Ref`, `Fn::GetAtt` and `Fn::Sub` the text with `${…}` that CloudFormation takes for the same;
    /// null for anything else.
    static @Nullable String text(@Nullable Object json) {
        if (json instanceof String text) {
            return text;
        }
        if (!(json instanceof Map<?, ?> function) || function.size() != 1) {
            return null;
        }
        if (function.get("Ref") instanceof String name) {
            return "${" + name + "}";
        }
        if (function.get("Fn::Sub") instanceof String text) {
            return text;
        }
        return function.get("Fn::GetAtt") instanceof List<?> names
                        && names.stream().allMatch(String.class::isInstance)
                ? names.stream().map(String.class::cast).collect(Collectors.joining(".", "${", "}"))
                : null;
    }
}
