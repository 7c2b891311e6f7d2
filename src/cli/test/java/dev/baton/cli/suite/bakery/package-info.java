/// A small pipeline that succeeds, stumbles, snoops or waits for somebody, as it is told: what every backend runs.
package dev.baton.cli.suite.bakery;
