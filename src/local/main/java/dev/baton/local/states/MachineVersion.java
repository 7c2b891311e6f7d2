package dev.baton.local.states;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A revision that was published: it stays as it is.
record MachineVersion(
        int number,
        String arn,
        MachineRevision revision,
        @Nullable String description,
        Instant created) {}
