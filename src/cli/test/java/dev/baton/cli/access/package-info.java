@NullMarked
package dev.baton.cli.access;

import org.jspecify.annotations.NullMarked;
