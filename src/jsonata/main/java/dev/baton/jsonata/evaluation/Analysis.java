package dev.baton.jsonata.evaluation;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/// The variables and functions that an expression refers to, known without evaluating it.
///
/// @param references every use of a variable that the expression does not bind itself, in the order of the text
/// @param rootReferences where the expression reads the context at its top level (`a.b`, `$`, `$$`, `*`): Step
///     Functions has none there and refuses the expression; positions in characters from 0
/// @param functions the names of the functions that it calls or passes on and does not define itself, without `$`
/// @param evalPositions where it uses `$eval`, which Step Functions refuses; positions in characters from 0
public record Analysis(
        List<Reference> references,
        List<Integer> rootReferences,
        SortedSet<String> functions,
        List<Integer> evalPositions) {
    public Analysis {
        references = List.copyOf(references);
        rootReferences = List.copyOf(rootReferences);
        evalPositions = List.copyOf(evalPositions);
    }

    /// A use of a variable that the expression does not bind itself.
    ///
    /// @param name without `$`, as `states`
    /// @param path the names that follow it directly: `input`, `a` for `$states.input.a[0].b`
    /// @param position in characters from 0
    public record Reference(String name, List<String> path, int position) {
        public Reference {
            path = List.copyOf(path);
        }
    }

    /// The names of the variables that must be bound from outside, without `$`; functions of the library are not among
    /// them.
    public Set<String> variables() {
        var names = new LinkedHashSet<String>();
        references.forEach(reference -> names.add(reference.name()));
        return Collections.unmodifiableSet(names);
    }
}
