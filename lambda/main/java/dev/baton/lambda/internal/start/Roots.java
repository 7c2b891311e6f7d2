package dev.baton.lambda.internal.start;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which runs of a pipeline there may be, told from keys.
interface Roots {

    /// The runs that an object may make ready, empty where no external task is about such an object.
    Optional<Candidates> of(String uri, Listing listing);

    /// Every run that the objects that are there may make ready.
    List<Map<String, String>> all(Listing listing);

    /// What the pipeline's external tasks are about: templates of logical URIs.
    List<String> patterns();

    /// Runs by the parameters of their roots.
    ///
    /// @param partial whether the object leaves parameters open and is read by many runs, those of years ago included:
    ///     then a new version of it starts only what waits
    record Candidates(List<Map<String, String>> parameters, boolean partial) {}

    /// Lists objects.
    @FunctionalInterface
    interface Listing {
        /// The logical URIs that begin so, in S3's order.
        Stream<String> under(String prefix);
    }
}
