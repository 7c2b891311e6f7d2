package dev.baton.asl.internal;

import java.util.regex.Pattern;

/// The labels of Map Runs.
final class MapRunLabels {
    /// https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html, field Label
    private static final Pattern VALID = Pattern.compile("[^\\s?*<>{}\\[\\]:;,\\\\|^~$#%&`\"\\p{Cntrl}]{1,40}");

    private MapRunLabels() {}

    static ValueCheck check() {
        return (visit, node, place) -> {
            if (!(node.value() instanceof String label)) {
                visit.problems().type(place, "a string", node.value());
            } else if (!VALID.matcher(label).matches()) {
                visit.problems().label(place, label);
            }
        };
    }
}
