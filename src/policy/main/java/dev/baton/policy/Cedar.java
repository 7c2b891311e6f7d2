package dev.baton.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Cedar, which is native code in this process.
///
/// A failure of any kind is a [CedarUnavailable] or a [CedarAnswer] that has errors; nothing is allowed by one.
final class Cedar {
    private final BasicAuthorizationEngine engine;
    private final Schema schema;

    /// @throws CedarUnavailable where there is no native library for this machine
    Cedar() throws CedarUnavailable {
        try {
            engine = new BasicAuthorizationEngine();
            schema = OneSchema.SCHEMA;
        } catch (LinkageError | RuntimeException e) {
            throw new CedarUnavailable(e);
        }
    }

    /// The schema, once: it is parsed, and its place in Cedar's cache taken, when the first policies are.
    private static final class OneSchema {
        static final Schema SCHEMA = new Schema(CedarSource.SCHEMA.text());
    }

    /// An error of Cedar's.
    ///
    /// @param policy the name under which it was given the policy; empty where it is about none
    /// @param start in bytes of the policy, -1 where it does not say
    /// @param help how to mend it; may be empty
    record CedarError(String policy, String message, int start, int end, String help) {}

    /// What Cedar found in policies.
    record CedarVerdict(List<CedarError> errors, List<CedarError> warnings) {}

    /// What Cedar says to a question.
    ///
    /// @param errors where there are any, it is no answer: Cedar leaves out a policy that cannot be evaluated, also one
    ///     that forbids
    record CedarAnswer(boolean allowed, Set<String> policies, List<CedarError> errors) {}

    /// Holds policies against the schema.
    ///
    /// @param policies texts by name
    CedarVerdict validate(Map<String, String> policies) throws CedarUnavailable {
        try {
            var response = engine.validate(new ValidationRequest(schema, set(policies)));
            var errors = response.success
                    .map(success -> success.validationErrors.stream()
                            .map(error -> error(error.getPolicyId(), error.getError()))
                            .toList())
                    .orElseGet(() -> response.errors.stream()
                            .flatMap(List::stream)
                            .map(error -> error("", error))
                            .toList());
            var warnings = response.success
                    .map(success -> success.validationWarnings.stream()
                            .map(error -> error(error.getPolicyId(), error.getError()))
                            .toList())
                    .orElse(List.of());
            return new CedarVerdict(errors, warnings);
        } catch (AuthException | LinkageError | RuntimeException e) {
            throw new CedarUnavailable(e);
        }
    }

    /// A policy's JSON.
    String json(String policy) throws CedarUnavailable {
        try {
            return new Policy(policy, "policy").toJson();
        } catch (AuthException | LinkageError | RuntimeException e) {
            throw new CedarUnavailable(e);
        }
    }

    private static PolicySet set(Map<String, String> policies) {
        var all = new HashSet<Policy>();
        policies.forEach((name, text) -> all.add(new Policy(text, name)));
        return new PolicySet(all);
    }

    /// Policies that are asked, parsed once where Cedar's cache of them has room, and else with each question.
    ///
    /// @param policies texts by name
    PolicySet prepared(Map<String, String> policies) throws CedarUnavailable {
        try {
            var set = set(policies);
            try {
                schema.cache();
                set.cache();
            } catch (CacheException full) {
                return set(policies);
            }
            return set;
        } catch (LinkageError | RuntimeException e) {
            throw new CedarUnavailable(e);
        }
    }

    CedarAnswer ask(
            PolicySet policies,
            EntityUID principal,
            EntityUID action,
            EntityUID resource,
            Map<String, Value> context,
            Set<Entity> entities)
            throws CedarUnavailable {
        try {
            var request = new AuthorizationRequest(
                    principal, action, resource, Optional.of(context), Optional.of(schema), true);
            return answer(engine.isAuthorized(request, policies, entities));
        } catch (AuthException | LinkageError | RuntimeException e) {
            throw new CedarUnavailable(e);
        }
    }

    private static CedarAnswer answer(AuthorizationResponse response) {
        return response.success
                .map(success -> new CedarAnswer(
                        success.isAllowed(),
                        new TreeSet<>(success.getReason()),
                        success.getErrors().stream()
                                .map(error -> error(error.getPolicyId(), error.getError()))
                                .toList()))
                .orElseGet(() -> {
                    var errors = response.errors.stream()
                            .flatMap(List::stream)
                            .map(error -> error("", error))
                            .toList();
                    return new CedarAnswer(
                            false,
                            Set.of(),
                            errors.isEmpty()
                                    ? List.of(new CedarError("", "Cedar gave no answer", -1, -1, ""))
                                    : errors);
                });
    }

    private static CedarError error(String policy, DetailedError error) {
        var message = error.message
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^for policy `[^`]*`, ", "")
                .replaceFirst("^failed to parse policy with id `[^`]*` from string: ", "");
        var help = error.help
                .map(text -> text.replaceFirst("^for policy `[^`]*`, ", ""))
                .orElse("");
        return error.sourceLocations.isEmpty()
                ? new CedarError(policy, message, -1, -1, help)
                : new CedarError(
                        policy,
                        message,
                        error.sourceLocations.getFirst().start,
                        error.sourceLocations.getFirst().end,
                        help);
    }
}
