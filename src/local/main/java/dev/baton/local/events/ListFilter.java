package dev.baton.local.events;

import dev.baton.local.service.ApiInput;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The filter of a list of archives or replays: a prefix of their names, or their source, or their state; all where
/// none is given.
record ListFilter(
        @Nullable String prefix,
        @Nullable String source,
        @Nullable String state) {

    /// @param operation that lists
    /// @throws dev.baton.local.http.AwsError where more than one is given
    static ListFilter of(ApiInput input, String operation) {
        var filter = new ListFilter(input.text("NamePrefix"), input.text("EventSourceArn"), input.text("State"));
        if (Stream.of(filter.prefix, filter.source, filter.state)
                        .filter(Objects::nonNull)
                        .count()
                > 1) {
            throw EventErrors.invalid("At most one filter is allowed for " + operation
                    + ". Use either : State, EventSourceArn, or NamePrefix.");
        }
        return filter;
    }

    boolean accepts(String name, String sourceArn, String itsState) {
        return (prefix == null || name.startsWith(prefix))
                && (source == null || source.equals(sourceArn))
                && (state == null || state.equals(itsState));
    }
}
