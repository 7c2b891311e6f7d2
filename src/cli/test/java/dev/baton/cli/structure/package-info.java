@NullMarked
package dev.baton.cli.structure;

import org.jspecify.annotations.NullMarked;
