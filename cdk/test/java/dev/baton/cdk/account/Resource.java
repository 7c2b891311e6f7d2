package dev.baton.cdk.account;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A resource that a stack has made.
///
/// @param type such as `AWS::S3::Bucket`
/// @param id what `Ref` gives
/// @param attributes what `Fn::GetAtt` gives
/// @param properties as they were asked for, all functions resolved
/// @param retained whether it stays when the stack gives it up
record Resource(
        String type,
        String id,
        Map<String, String> attributes,
        Map<String, @Nullable Object> properties,
        boolean retained) {
    String attribute(String name) {
        var value = attributes.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Template error: " + type + " has no attribute " + name);
        }
        return value;
    }
}
