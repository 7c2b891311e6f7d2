package dev.baton.local.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Two evaluators that share no code say the same of random requests under random policies.
///
/// `-Dbaton.seed=N` repeats what a seed gave.
class SecondOpinionTest {
    private static final int CASES = 20_000;

    @Test
    void two_evaluators_decide_random_requests_alike() {
        var seed = Long.getLong("baton.seed", System.nanoTime());
        System.out.println("baton.seed " + seed);
        var world = new RandomPolicies(new SplittableRandom(seed));
        var outcomes = new EnumMap<Decision.Outcome, Integer>(Decision.Outcome.class);
        var layers = new EnumMap<PolicyLayer, Integer>(PolicyLayer.class);
        for (int i = 0; i < CASES; i++) {
            var request = world.request();
            var policies = world.policies(request.get("principal"));
            var decision = IamCase.decide(request, policies);
            outcomes.merge(decision.outcome(), 1, Integer::sum);
            layers.merge(decision.layer(), 1, Integer::sum);
            assertThat(decision.outcome().name().replace("_", ""))
                    .as(
                            "seed %d, case %d: %s%n%s",
                            seed,
                            i,
                            Json.print(Map.of("request", request, "policies", policies)),
                            decision.explanation())
                    .isEqualToIgnoringCase(SecondOpinion.on(request, policies));
        }
        System.out.println(CASES + " random decisions alike: " + outcomes + ", decided by " + layers);
        assertThat(outcomes)
                .hasSize(3)
                .allSatisfy((outcome, count) -> assertThat(count).isGreaterThan(CASES / 20));
        assertThat(layers).hasSize(PolicyLayer.values().length);
    }
}
