# The app in a container: as nobody in particular, and on a file system that may be read-only.
#
#   docker build -t backprop . && docker run --rm --read-only -p 8501:8501 backprop
#
# Every option of Streamlit is a variable of the environment: STREAMLIT_SERVER_PORT,
# STREAMLIT_SERVER_BASE_URL_PATH (a sub-path), STREAMLIT_SERVER_ALLOWED_HOSTS ("a.example b.example").
# Replicas behind nginx, and the static lessons beside them: compose.yaml.

FROM python:3.13-slim AS packages
RUN python -m venv /opt/packages
COPY requirements.lock .
RUN /opt/packages/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.13-slim
COPY --from=packages /opt/packages /opt/packages
RUN install --directory --owner 1000 --group 1000 /prepared
WORKDIR /app
COPY LICENSE app.py ./
COPY .streamlit .streamlit
COPY pages pages
COPY deploy deploy
COPY backprop backprop
RUN /opt/packages/bin/python -m compileall -q app.py pages backprop
ENV PATH=/opt/packages/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1 \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501
USER 1000
EXPOSE 8501
HEALTHCHECK --start-period=60s --interval=15s --timeout=5s CMD ["python", "deploy/health.py"]
CMD ["streamlit", "run", "app.py"]
