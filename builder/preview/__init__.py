"""The preview: all outputs side by side in a browser, a moment after each save.

`app` answers the browser and knows no formats; it is told by `hub` what there is to show. `shift`
has three processes do the work: `desk` reads the content and sets what is quick (the web page, the
slides, the mail), `press` lays out the report's pages that changed, `finish` does in its own time
what takes long (the report as it will be delivered, the Word document's pages).
"""
