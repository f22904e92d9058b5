/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds the Berth home, starts the framework with the bundles of the distribution, runs the application.
 *
 * <p>The launcher and the bundles share no types of Berth's own. What they agree on:
 *
 * <table>
 *   <caption>Between the launcher and the bundles</caption>
 *   <tr><td>framework property {@code berth.args}</td><td>the command line without {@code --home}, as a JSON array of strings</td></tr>
 *   <tr><td>{@code berth.home}</td><td>the Berth home, absolute; it exists</td></tr>
 *   <tr><td>{@code berth.install}</td><td>the folder that holds {@code bin}, {@code bundles}, {@code conf}</td></tr>
 *   <tr><td>{@code berth.build}</td><td>identifies the bundles that run, of the installation or of an update: a hash of their contents</td></tr>
 *   <tr><td>service {@code java.util.concurrent.Callable}, {@code berth.main=true}</td><td>from a bundle: called once, on the main thread;
 *     returns the exit code; an interrupt asks it to end</td></tr>
 *   <tr><td>service {@code java.lang.Runnable}, {@code berth.window=true}</td><td>to the bundles: starts the bundles of the window (see
 *     {@code conf/bundles.list}) and returns when they have started; further calls do nothing</td></tr>
 * </table>
 */
@NullMarked
package dev.berth.launcher;

import org.jspecify.annotations.NullMarked;
