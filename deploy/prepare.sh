# What nginx serves and how, into a folder: its configuration and the static lessons.
# compose.yaml runs it in the app's image; 127.0.0.11 is the name server of every compose network.
python deploy/nginx.py --listen 8080 --run /tmp --site "$1/site" --resolver 127.0.0.11 \
    --path "$BASE_PATH" --hosts "$HOSTS" --embed-in "$EMBED_IN" --behind "$BEHIND" \
    --replicas "$REPLICAS" backprop-app-%d:8501 > "$1/nginx.conf"
python -m backprop.export.site "$1/site" ${ADDRESS:+"$ADDRESS"}
