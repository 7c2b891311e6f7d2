package dev.baton.local.states;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A revision that was published: it stays as it is.
record Version(
        int number, String arn, Revision revision, @Nullable String description, Instant created) {}
