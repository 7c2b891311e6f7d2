package dev.baton.asl;

import java.util.Collections;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The role under which a task is invoked.
///
/// @param roleArn `RoleArn` or `RoleArn.$`
public record Credentials(Operand<String> roleArn, SequencedMap<String, @Nullable Object> unknown) {

    public Credentials {
        unknown = ImmutableCopies.of(unknown);
    }

    public static Credentials of(String roleArn) {
        return new Credentials(Operand.of(roleArn), Collections.emptyNavigableMap());
    }
}
