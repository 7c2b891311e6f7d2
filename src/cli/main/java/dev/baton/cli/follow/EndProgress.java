package dev.baton.cli.follow;

import java.util.function.Consumer;

/// A listener to one run of many, of which only its end is told.
///
/// @param ended is told how the execution ended
public record EndProgress(Consumer<RunEvent.Ended> ended) implements ProgressReport {
    @Override
    public void tell(RunEvent event) {
        if (event instanceof RunEvent.Ended end) {
            ended.accept(end);
        }
    }
}
