"""A register of processing activities (GDPR Art. 30) and of sub-processors (Art. 28).

The house, from the street to the cellar::

    app                               the hall: joins the rooms
    admin      public      cli        the doors
    extensions                        the keys: the session and what else Flask holds
    publishing exports     imports    what leaves and what arrives
    operations                        writes that span records
    lint       sheets      pictures   what is judged, how it is tabled and drawn
    register   accounts               the record read; who may do what
    history                           the record remembered
    models                            the tables
    records                           the nouns, frozen and plain
    vocabulary                        the words the law uses
    i18n       config                 languages, settings
    errors                            the ground
"""
