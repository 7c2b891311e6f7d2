package dev.baton.cli.local;

import dev.baton.local.EmbeddedAws;
import dev.baton.local.states.mock.IntegrationMocks;
import java.net.URI;
import java.util.Map;

/// What answers in place of others: servers for the APIs that HTTP tasks call, mocks for any call of a Task state.
///
/// @param hosts where requests go instead, by host
public record StandIns(Map<String, URI> hosts, IntegrationMocks mocks) {
    public static final StandIns NONE = new StandIns(Map.of(), IntegrationMocks.NONE);

    public StandIns {
        hosts = Map.copyOf(hosts);
    }

    EmbeddedAws.Builder on(EmbeddedAws.Builder builder) {
        hosts.forEach(builder::host);
        return builder.mocks(mocks);
    }
}
