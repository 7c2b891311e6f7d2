package dev.baton.policy;

import dev.baton.run.Requester;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A question that policies answer: may somebody do something?
///
/// | in the context | is |
/// |---|---|
/// | `at` | when it is asked, such as `2026-12-01T03:00:00Z`: a text, which policies see as a `datetime` |
/// | `parameters` | of the run, a list of texts such as `day=2026-11-22` |
/// | `forced` | the tasks that are to run although they are fresh, a list of simple names |
/// | `runs` | how many runs it would be, a whole number |
/// | `reason` | what was given as the reason, a text |
/// | `starter` | the id of whoever started what is to be approved, a text |
/// | `revision` | of the code, a text |
/// | `widened` | whether a deployment widens what roles may do |
/// | `seconds` | for how long rights are asked for, a whole number |
///
/// @param requester who asks
/// @param environment the name of the one in which it is to be done
/// @param context what else policies may ask about; what is not in the table is denied
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
