"""The door in the browser: pages by Jinja2, our own ES modules, one WebSocket for the sound of a call.

``serving`` opens the port, ``guard`` stands before everything, ``pages`` shows what is kept, ``wire`` is the protocol
of the socket, ``headset`` is the page's microphone and headphones, ``sitting`` what goes on at them; ``courses`` and
``rounds`` are a group's, ``live`` keeps their pages up to date by the parts in ``parts``.
"""
