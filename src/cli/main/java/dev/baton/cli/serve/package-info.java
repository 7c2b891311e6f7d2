/// Tools for agents: what the Model Context Protocol serves of the command, for reading alone.
@NullMarked
package dev.baton.cli.serve;

import org.jspecify.annotations.NullMarked;
