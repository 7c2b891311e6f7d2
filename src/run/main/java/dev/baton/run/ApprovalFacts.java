package dev.baton.run;

import dev.baton.json.Json;
import dev.baton.name.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The facts to which an approval is bound: where one of them is another when the decision comes, it is about something
/// that nobody was asked about.
///
/// @param parameters of the run's root, canonically printed
/// @param inputs what the task is to read, each in its version
/// @param code hash of the code of the task
/// @param revision the id of the sources that it was built from; empty where nobody knows
/// @param plan hash of the definitions of the pipeline's state machines
/// @param permissions hash of the policies of the pipeline's roles
public record ApprovalFacts(
        Map<String, String> parameters,
        List<PinnedObject> inputs,
        String code,
        String revision,
        String plan,
        String permissions) {
    /// The variable of the approval function with [#plan].
    public static final String PLAN_VARIABLE = "BATON_PLAN";

    /// The variable of the approval function with [#permissions].
    public static final String PERMISSIONS_VARIABLE = "BATON_PERMISSIONS";

    public ApprovalFacts {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        inputs = List.copyOf(inputs);
    }

    /// What is another now, as a sentence; empty where nothing is.
    public Optional<String> changed(ApprovalFacts now) {
        if (!parameters.equals(now.parameters)) {
            return Optional.of("the parameters are others");
        }
        if (!code.equals(now.code)) {
            return Optional.of("other code of the task is deployed");
        }
        if (!permissions.equals(now.permissions)) {
            return Optional.of("the permissions of the pipeline's roles changed");
        }
        if (!plan.equals(now.plan)) {
            return Optional.of("the state machine changed");
        }
        if (!revision.equals(now.revision)) {
            return Optional.of("another revision is deployed: " + now.revision + " instead of " + revision);
        }
        if (inputs.size() != now.inputs.size()) {
            return Optional.of("there are " + now.inputs.size() + " inputs instead of " + inputs.size());
        }
        for (var i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).equals(now.inputs.get(i))) {
                return Optional.of("the input " + inputs.get(i).uri() + " has another version: "
                        + now.inputs.get(i).version() + " instead of "
                        + inputs.get(i).version());
            }
        }
        return Optional.empty();
    }

    /// SHA-256 in hexadecimal.
    public String hash() {
        return Sha256.hex(Json.print(toJson()));
    }

    Map<String, @Nullable Object> toJson() {
        var read = new ArrayList<@Nullable Object>();
        inputs.forEach(input -> read.add(input.toJson()));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("parameters", new LinkedHashMap<String, @Nullable Object>(parameters));
        json.put("inputs", read);
        json.put("code", code);
        json.put("revision", revision);
        json.put("plan", plan);
        json.put("permissions", permissions);
        return json;
    }

    static ApprovalFacts of(StrictFields fields) {
        return new ApprovalFacts(
                fields.strings("parameters"),
                fields.objectList("inputs").stream().map(PinnedObject::of).toList(),
                fields.string("code"),
                fields.string("revision"),
                fields.string("plan"),
                fields.string("permissions"));
    }
}
