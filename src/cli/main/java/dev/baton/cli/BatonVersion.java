package dev.baton.cli;

import picocli.CommandLine.IVersionProvider;

/// The version as `baton --version` prints it.
final class BatonVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Baton.class.getPackage().getImplementationVersion();
        return new String[] {
            "baton " + (version == null ? "(built from sources)" : version), "Java " + Runtime.version()
        };
    }
}
