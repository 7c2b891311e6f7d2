package dev.baton.cli.command;

import dev.baton.cli.local.ServiceAddresses;
import dev.baton.cli.local.StandIns;
import dev.baton.local.states.mock.IntegrationMocks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// The options that say what answers in place of others.
final class StandInWords {
    @Option(
            names = "--api",
            paramLabel = "HOST=URL",
            description = "send the requests of HTTP tasks to this host to that server instead, such as"
                    + " api.example.com=http://127.0.0.1:8080; may be repeated")
    private Map<String, String> apis = new LinkedHashMap<>();

    @Option(
            names = "--mock",
            paramLabel = "FILE",
            description = "answer Task states as the mocks of FILE say instead of calling a service; may be repeated,"
                    + " the first that fits answers")
    private List<Path> mocks = new ArrayList<>();

    /// @throws dev.baton.diagnostic.DiagnosticException CLI028 when an address is none, LOC023 to LOC025 when a file
    ///     has no mocks
    StandIns all() {
        return new StandIns(
                ServiceAddresses.servers(apis),
                new IntegrationMocks(mocks.stream()
                        .flatMap(file -> IntegrationMocks.of(file).all().stream())
                        .toList()));
    }
}
