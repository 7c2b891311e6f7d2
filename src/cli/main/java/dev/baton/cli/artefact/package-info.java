/// The jars that a command is given: how they are loaded, and from which sources they were built.
@NullMarked
package dev.baton.cli.artefact;

import org.jspecify.annotations.NullMarked;
