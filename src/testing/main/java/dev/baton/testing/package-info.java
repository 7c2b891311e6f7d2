/// Tests of state machines on the JVM, with JUnit.
///
/// Start reading at [dev.baton.testing.MockedMachine]: one state machine, its tasks mocked, under virtual time.
/// [dev.baton.testing.EmbeddedAwsTest] gives a test class a whole AWS on a port instead.
@NullMarked
package dev.baton.testing;

import org.jspecify.annotations.NullMarked;
