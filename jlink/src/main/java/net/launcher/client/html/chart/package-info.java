/** Charts of the HTML report: axes, curves, histograms and the SVG they consist of. */
package net.launcher.client.html.chart;
