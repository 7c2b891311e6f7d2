package dev.baton.policy;

import dev.baton.run.Requester;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A question that policies answer: may somebody do something?
///
/// @param requester who asks
/// @param environment the name of the one in which it is to be done
/// @param context what else policies may ask about, as the schema has it: texts, whole numbers, truth values, and lists
///     of texts
public record PolicyQuestion(
        Requester requester,
        PolicyAction action,
        PolicyResource resource,
        String environment,
        Map<String, Object> context) {
    public PolicyQuestion {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }
}
