package dev.baton.compiler.internal.finding;

import dev.baton.asl.StateMachine;
import dev.baton.compiler.order.GivenGraph;
import dev.baton.compiler.order.OrderBreach;
import dev.baton.compiler.order.OrderProof;
import dev.baton.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// The findings of a proof that failed: CMP040 to CMP043, at most [#MOST] of them in full.
public final class OrderFindings {
    private static final int MOST = 20;

    private OrderFindings() {}

    /// The findings about a graph's order that machines do not keep; none if all is proven.
    ///
    /// @param place the pipeline or the file, for the findings
    /// @param given as its author gave it, without any reduction
    /// @param definitions the machines by their names
    public static List<Diagnostic> of(String place, GivenGraph given, SequencedMap<String, StateMachine> definitions) {
        return told(place, OrderProof.breaches(given, definitions));
    }

    public static List<Diagnostic> told(String place, List<OrderBreach> breaches) {
        var findings = new ArrayList<Diagnostic>();
        for (var breach : breaches.subList(0, Math.min(MOST, breaches.size()))) {
            var left = findings.size() == MOST - 1 ? breaches.size() - MOST : 0;
            findings.add(CompilerFindings.breach(place, breach, left));
        }
        return findings;
    }
}
