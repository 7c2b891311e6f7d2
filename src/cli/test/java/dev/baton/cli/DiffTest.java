package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.json.Json;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// What `baton diff` tells of the example, had the last deployment been of a slightly different one.
class DiffTest {
    private static final String COMPILED = "deployments/weather.compiled";

    @TempDir
    private Path home;

    @Test
    void definition_permissions_and_settings_are_told_apart_and_what_widens_is_marked() throws IOException {
        Call.silenceLogs();
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(home.resolve("cdk/environments.json"), "{\"local\": {\"endpoint\": \"embedded\"}}");
        try (var cloud = new LocalCloud(0, null)) {
            DeployedPipeline.tell(home, cloud.aws());
            assertThat(Call.in(home, "diff", "local", "weather").out())
                    .startsWith("weather is not deployed here: all of it is new, ");
            cloud.deployRecorded(Compiler.compile(Weather.PIPELINE));
            var deployed = Json.parseObject(cloud.endpoint()
                    .s3()
                    .getObjectAsBytes(
                            request -> request.bucket(LocalCloud.STATE_BUCKET).key(COMPILED))
                    .asByteArray());
            member(deployed, "state machine baton-weather", "definition", "States", "Pin")
                    .put("TimeoutSeconds", 299L);
            member(deployed, "function baton-weather-WetSpells").put("memoryMegabytes", 256L);
            var policy = member(deployed, "role baton-weather-WetSpells", "policies", "baton", "Statement");
            var statement = policy.keySet().iterator().next();
            var less = member(policy, statement);
            var actions = new ArrayList<>((List<?>) less.get("Action"));
            var lost = actions.removeLast();
            less.put("Action", actions);
            policy.put(
                    "Old",
                    Map.of(
                            "Effect",
                            "Allow",
                            "Action",
                            List.of("s3:DeleteObject"),
                            "Resource",
                            List.of("arn:aws:s3:::old/*")));
            cloud.endpoint()
                    .s3()
                    .putObject(
                            request -> request.bucket(LocalCloud.STATE_BUCKET).key(COMPILED),
                            RequestBody.fromString(Json.print(deployed)));

            var call = Call.in(home, "diff", "local", "weather");
            assertThat(call.err()).isEmpty();
            assertThat(call.exit()).isZero();
            assertThat(call.lines("definition"))
                    .containsExactly(
                            "definition  state machine baton-weather: state \"Pin\", TimeoutSeconds was 299 and"
                                    + " will be 300");
            assertThat(call.lines("setting"))
                    .containsExactly(
                            "setting     function baton-weather-WetSpells: memoryMegabytes was 256 and will be "
                                    + Compiler.compile(Weather.PIPELINE).functions().stream()
                                            .filter(function -> function.name().equals("baton-weather-WetSpells"))
                                            .findFirst()
                                            .orElseThrow()
                                            .memoryMegabytes());
            assertThat(call.lines("permission"))
                    .anyMatch(
                            line -> line.startsWith("permission  WIDENS  role baton-weather-WetSpells: allow " + lost))
                    .anyMatch(
                            line -> line.startsWith(
                                    "permission  role baton-weather-WetSpells: no longer allow s3:DeleteObject on arn:aws:s3:::old/*"))
                    .filteredOn(line -> line.contains("WIDENS"))
                    .allMatch(line -> line.contains(lost.toString()));
            assertThat(Call.in(home, "diff", "local", "weather", "--json").lines().stream()
                            .map(Json::parseObject)
                            .filter(line -> line.get("kind").equals("definition")))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .containsEntry("pipeline", "weather")
                            .containsEntry("widens", false)
                            .containsEntry("before", 299L)
                            .containsEntry("after", 300L));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> object, String... names) {
        var inner = object;
        for (var name : names) {
            inner = (Map<String, Object>) inner.get(name);
        }
        return inner;
    }
}
