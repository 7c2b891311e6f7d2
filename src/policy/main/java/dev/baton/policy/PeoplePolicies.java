package dev.baton.policy;

import com.cedarpolicy.model.policy.PolicySet;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.name.Sha256;
import dev.baton.task.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The policies about people that hold in an environment, over the pipelines there.
///
/// It never allows anything that it cannot evaluate: policies that cannot be parsed, a policy whose evaluation fails, a
/// pipeline that nothing is known of, a machine without Cedar's native library all deny, with a sentence.
public final class PeoplePolicies {
    private final String hash;
    private final Map<String, GovernedPipeline> governed;
    private final Evaluation evaluation;

    private PeoplePolicies(String hash, Map<String, GovernedPipeline> governed, Evaluation evaluation) {
        this.hash = hash;
        this.governed = governed;
        this.evaluation = evaluation;
    }

    /// How questions are answered: by Cedar, or not at all.
    private sealed interface Evaluation {
        /// By policies that Cedar was given.
        ///
        /// @param ids of the policies, by the names that Cedar has for them
        record ByCedar(Cedar cedar, PolicySet policies, Map<String, String> ids) implements Evaluation {}

        /// Everything is denied.
        ///
        /// @param why a sentence
        record Denial(String why) implements Evaluation {}
    }

    /// Policies as they lie in the state bucket. Never throws: what cannot be read denies everything.
    ///
    /// @param policies the text at [dev.baton.run.StateKeys#policies], in UTF-8; the default where there is none
    /// @param governed what lies at [dev.baton.run.StateKeys#governed] of the pipelines that are asked about
    public static PeoplePolicies of(byte @Nullable [] policies, Collection<byte[]> governed) {
        var utf8 = policies == null ? CedarSource.DEFAULT.text().getBytes(StandardCharsets.UTF_8) : policies;
        var hash = Sha256.hex(utf8);
        try {
            var pipelines = new TreeMap<String, GovernedPipeline>();
            for (var bytes : governed) {
                var pipeline = GovernedPipeline.parse(bytes);
                pipelines.put(pipeline.pipeline(), pipeline);
            }
            return new PeoplePolicies(hash, pipelines, evaluation(text(utf8)));
        } catch (InvalidInput e) {
            return new PeoplePolicies(hash, Map.of(), new Evaluation.Denial(String.valueOf(e.getMessage())));
        }
    }

    /// Policies over pipelines that are known here.
    ///
    /// @param policies their text; the default where there is none
    public static PeoplePolicies over(@Nullable String policies, Collection<GovernedPipeline> governed) {
        return of(
                policies == null ? null : policies.getBytes(StandardCharsets.UTF_8),
                governed.stream().map(GovernedPipeline::toBytes).toList());
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput("the policies are not text in UTF-8");
        }
    }

    private static Evaluation evaluation(String text) {
        try {
            var parsed = ParsedPolicies.of("policies.cedar", text);
            var error = parsed.findings().stream().filter(Diagnostic::isError).findFirst();
            if (error.isPresent()) {
                var finding = error.get();
                return new Evaluation.Denial("the policies cannot be used: " + finding.location() + ": "
                        + finding.message() + " (" + finding.code() + ")");
            }
            return prepared(parsed.policies());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return new Evaluation.Denial(
                    "the policies cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Evaluation prepared(List<ParsedPolicy> policies) {
        var texts = new LinkedHashMap<String, String>();
        var ids = new LinkedHashMap<String, String>();
        for (var policy : policies) {
            var name = ParsedPolicies.name(texts.size());
            texts.put(name, policy.written().text());
            ids.put(name, policy.id());
        }
        try {
            var cedar = new Cedar();
            return new Evaluation.ByCedar(cedar, cedar.prepared(texts), ids);
        } catch (CedarUnavailable e) {
            return new Evaluation.Denial(e.why());
        }
    }

    /// SHA-256 of the policies' text, in hex.
    public String hash() {
        return hash;
    }

    /// Whether somebody may do something. Never throws.
    public PolicyAnswer ask(PolicyQuestion question) {
        try {
            return switch (evaluation) {
                case Evaluation.Denial(var why) -> denied(why);
                case Evaluation.ByCedar cedar -> ask(question, cedar);
            };
        } catch (InvalidInput e) {
            return denied(String.valueOf(e.getMessage()));
        } catch (CedarUnavailable e) {
            return denied(e.why());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return denied("the policies cannot be evaluated (" + e.getClass().getSimpleName() + ")");
        }
    }

    private PolicyAnswer ask(PolicyQuestion question, Evaluation.ByCedar by) throws CedarUnavailable {
        var entities = CedarEntities.of(question, facts(question));
        var answer = by.cedar()
                .ask(
                        by.policies(),
                        entities.principal(),
                        CedarEntities.action(question.action()),
                        entities.resource(),
                        CedarEntities.context(question),
                        entities.all());
        if (!answer.errors().isEmpty()) {
            var error = answer.errors().getFirst();
            var id = by.ids().get(error.policy());
            return denied((id == null
                            ? "the question cannot be put to the policies: "
                            : "the policy " + id + " cannot be evaluated: ")
                    + error.message());
        }
        var ids = new ArrayList<String>();
        answer.policies()
                .forEach(name -> ids.add(Optional.ofNullable(by.ids().get(name)).orElse(name)));
        return new PolicyAnswer(
                answer.allowed(),
                sentence(question, answer.allowed(), ids),
                ids,
                hash,
                !answer.allowed() && ids.isEmpty());
    }

    private GovernedPipeline facts(PolicyQuestion question) {
        var name = question.resource().pipeline();
        var facts = question.resource() instanceof PolicyResource.OfEnvironment(var environment)
                ? environment(environment)
                : governed.get(name);
        if (facts == null) {
            throw new InvalidInput("nothing is known of the pipeline " + name + " that policies could ask about: it is"
                    + " deployed with that");
        }
        if (!facts.environment().equals(question.environment())) {
            throw new InvalidInput("the pipeline " + name + " is deployed to the environment " + facts.environment()
                    + ", and was asked about in " + question.environment());
        }
        return facts;
    }

    /// What is known of an environment is known of each pipeline that was deployed since it has an owner.
    private GovernedPipeline environment(String name) {
        return governed.values().stream()
                .filter(pipeline -> pipeline.environment().equals(name)
                        && pipeline.environmentOwner().isPresent())
                .findFirst()
                .orElseGet(() -> new GovernedPipeline(
                        name, Optional.empty(), "", Optional.empty(), new TreeSet<>(), new TreeMap<>()));
    }

    private PolicyAnswer denied(String why) {
        return new PolicyAnswer(false, why, List.of(), hash);
    }

    private static String sentence(PolicyQuestion question, boolean allowed, List<String> ids) {
        var what = question.requester().shown() + " to " + question.action().word() + " "
                + question.resource().id() + " in " + question.environment();
        var policies = (ids.size() == 1 ? "the policy " : "the policies ") + String.join(", ", ids);
        if (allowed) {
            return policies + (ids.size() == 1 ? " allows " : " allow ") + what;
        }
        return ids.isEmpty()
                ? "no policy allows " + what
                : policies + (ids.size() == 1 ? " forbids " : " forbid ") + what;
    }
}
