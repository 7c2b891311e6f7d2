package dev.baton.lambda.generated;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// A few external objects of a pipeline, and the roots that they make ready, by brute force over all roots that there
/// are.
public final class PlayedObjects {
    private final List<String> uris;
    private final Map<Map<String, String>, Needs> roots = new HashMap<>();
    private final PipelineSpec spec;
    private int partial = -1;

    /// A root that needs nothing beyond the objects, and something of them.
    ///
    /// @param objects which ones, by their bits
    /// @param size how many tasks its run has
    private record Needs(Map<String, String> parameters, int objects, int size) {}

    /// @param random chooses the objects: mostly all that some root needs
    /// @param most how many there are at the most
    public PlayedObjects(PipelineSpec spec, Random random, int most) {
        this.spec = spec;
        this.uris = choose(spec, random, most);
        for (var values : spec.domain()) {
            var root = spec.root(values);
            var objects = objects(root);
            if (objects > 0) {
                roots.put(root.parameters(), new Needs(root.parameters(), objects, spec.size(root)));
            }
        }
    }

    /// Of which objects some way to the root leaves something of it open, by their bits.
    private int partial() {
        var open = new HashSet<String>();
        for (var values : spec.domain()) {
            spec.ways(spec.root(values), (external, told) -> {
                if (!spec.isWhole(told)) {
                    open.add(external.uri());
                }
            });
        }
        var bits = 0;
        for (var i = 0; i < uris.size(); i++) {
            bits |= open.contains(uris.get(i)) ? 1 << i : 0;
        }
        return bits;
    }

    /// Whether an object tells less than a root.
    public boolean isPartial(int object) {
        if (partial < 0) {
            partial = partial();
        }
        return (partial & 1 << object) != 0;
    }

    private static List<String> choose(PipelineSpec spec, Random random, int most) {
        var chosen = new LinkedHashSet<String>();
        var focus = new ArrayList<>(spec.focus());
        Collections.shuffle(focus, random);
        focus.sort((one, other) -> Integer.compare(
                Math.max(most / 2, spec.needs(spec.root(one)).size()),
                Math.max(most / 2, spec.needs(spec.root(other)).size())));
        for (var values : focus) {
            var root = spec.root(values);
            var needs = spec.needs(root);
            if (chosen.size() + needs.size() <= most) {
                chosen.addAll(needs);
            }
            // What is required without being needed is uploaded too.
            for (var task : spec.graph(root).keySet()) {
                for (var required : spec.required(task)) {
                    if (required.spec().external() && chosen.size() < most && random.nextInt(6) == 0) {
                        chosen.add(required.uri());
                    }
                }
            }
        }
        return List.copyOf(chosen);
    }

    /// The bits of what a root needs; 0 where that is nothing or more than there is.
    private int objects(PlainTask root) {
        var objects = 0;
        var met = new HashSet<PlainTask>();
        var open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            var task = open.removeLast();
            if (task.spec().external()) {
                var index = uris.indexOf(task.uri());
                if (index < 0) {
                    return 0;
                }
                objects |= 1 << index;
            } else if (met.add(task)) {
                open.addAll(spec.needed(task));
            }
        }
        return objects;
    }

    /// The logical URIs; the place in the list is the bit.
    public List<String> uris() {
        return uris;
    }

    /// The roots, by their parameters, that are ready.
    ///
    /// @param there which objects are there, by their bits
    public Set<Map<String, String>> ready(int there) {
        return ready(there, there);
    }

    /// The roots that are ready and need one of some objects.
    ///
    /// @param there which objects are there, by their bits
    /// @param one of them by their bits
    public Set<Map<String, String>> ready(int there, int one) {
        return roots.values().stream()
                .filter(root -> (root.objects & ~there) == 0 && (root.objects & one) != 0)
                .map(Needs::parameters)
                .collect(Collectors.toSet());
    }

    private Needs root(Map<String, String> parameters) {
        return Objects.requireNonNull(roots.get(parameters));
    }

    /// How many tasks a root's run has, needed or not.
    public int size(Map<String, String> parameters) {
        return root(parameters).size;
    }

    /// The URIs that a root needs.
    public Set<String> needs(Map<String, String> parameters) {
        var found = root(parameters);
        var needs = new HashSet<String>();
        for (var i = 0; i < uris.size(); i++) {
            if ((found.objects & 1 << i) != 0) {
                needs.add(uris.get(i));
            }
        }
        return needs;
    }
}
