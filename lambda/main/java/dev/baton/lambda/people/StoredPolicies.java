package dev.baton.lambda.people;

import dev.baton.lambda.internal.SdkMessages;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.policy.PeoplePolicies;
import dev.baton.policy.PolicyAnswer;
import dev.baton.policy.PolicyQuestion;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.StateKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policies that are in the state bucket. They are read again when a second has passed: whoever changes them
/// deploys nothing.
final class StoredPolicies {
    private static final Logger LOG = LoggerFactory.getLogger(StoredPolicies.class);
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final S3Access s3;
    private final String bucket;
    private final String pipeline;
    private final GrantedRights granted;
    private final EvidenceLog evidence;
    private final InstantSource time;
    private @Nullable PeoplePolicies policies;
    private byte @Nullable [] readText;
    private byte @Nullable [] readFacts;
    private Instant readAgain = Instant.MIN;

    /// @param pipeline about which is asked
    /// @param granted what people may for a while
    StoredPolicies(
            S3Access s3,
            String bucket,
            String pipeline,
            GrantedRights granted,
            EvidenceLog evidence,
            InstantSource time) {
        this.granted = granted;
        this.s3 = s3;
        this.bucket = bucket;
        this.pipeline = pipeline;
        this.evidence = evidence;
        this.time = time;
    }

    /// Never throws: what cannot be evaluated is denied.
    PolicyAnswer ask(PolicyQuestion question) {
        var answer = answered(question);
        try {
            evidence.add(entry(question, answer));
            return answer;
        } catch (RuntimeException | LinkageError e) {
            LOG.atError().setCause(e).log("a decision could not be written down: {}", SdkMessages.of(e));
            return denied("the decision could not be written down, and what leaves no evidence is not done");
        }
    }

    /// Whatever goes wrong denies: there is no way through here that allows by accident.
    private PolicyAnswer answered(PolicyQuestion question) {
        if (!question.resource().pipeline().equals(pipeline)) {
            return denied("this function decides about the pipeline \"" + pipeline + "\" alone");
        }
        try {
            return granted.answer(question, policies().ask(question));
        } catch (RuntimeException | LinkageError e) {
            LOG.atError().setCause(e).log("policies could not be asked: {}", SdkMessages.of(e));
            return denied("the policies could not be asked: " + e.getClass().getSimpleName());
        }
    }

    private static PolicyAnswer denied(String reason) {
        return new PolicyAnswer(false, reason, List.of(), "");
    }

    private synchronized PeoplePolicies policies() {
        if (policies == null || !time.instant().isBefore(readAgain)) {
            var text = read(StateKeys.policies());
            var facts = read(StateKeys.governed(pipeline));
            if (policies == null || !Arrays.equals(text, readText) || !Arrays.equals(facts, readFacts)) {
                policies = PeoplePolicies.of(text, facts == null ? List.of() : List.of(facts));
                readText = text;
                readFacts = facts;
            }
            readAgain = time.instant().plus(KEPT);
        }
        return policies;
    }

    private byte @Nullable [] read(String key) {
        var content = s3.read(bucket, key, null);
        return content == null ? null : content.bytes();
    }

    private EvidenceEntry entry(PolicyQuestion question, PolicyAnswer answer) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("action", question.action().word());
        details.put("resource", question.resource().id());
        details.put("environment", question.environment());
        details.put("context", new LinkedHashMap<String, @Nullable Object>(new TreeMap<>(question.context())));
        details.put("allowed", answer.allowed());
        details.put("reason", answer.reason());
        details.put("policies", answer.policies());
        details.put("policyHash", answer.hash());
        return new EvidenceEntry(
                time.instant(), EvidenceEntry.Kind.DECISION, pipeline, question.requester(), Map.copyOf(details));
    }
}
