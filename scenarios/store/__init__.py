"""Files and folders of results: written whole or not at all, verified when read, repeatable from their manifest."""
