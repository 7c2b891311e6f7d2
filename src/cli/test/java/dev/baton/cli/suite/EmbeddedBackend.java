package dev.baton.cli.suite;

import dev.baton.cli.LocalSuite;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.compiler.pipeline.CompiledPipeline;

/// The embedded AWS of this process. It lacks nothing.
final class EmbeddedBackend extends Backend {
    private final LocalSuite local;

    private EmbeddedBackend(String name, LocalSuite local) {
        super(name);
        this.local = local;
    }

    static EmbeddedBackend inProcess() {
        return new EmbeddedBackend("embedded, in process", LocalSuite.inProcess());
    }

    /// With functions as `--lambda process` runs them: the deployed jar, under Lambda's own client.
    static EmbeddedBackend processes() {
        return new EmbeddedBackend("embedded, --lambda process", LocalSuite.processes(BakeryJar.alone()));
    }

    @Override
    Endpoint endpoint() {
        return local.endpoint();
    }

    @Override
    String bucket(String logical) {
        return logical.equals("state") ? local.stateBucket() : logical;
    }

    @Override
    String deploy(CompiledPipeline pipeline) {
        return local.deploy(pipeline);
    }

    @Override
    public void close() {
        local.close();
    }
}
