/// Benchmarks of the deployed jar; none is run by the build.
package dev.baton.cli.bench;
